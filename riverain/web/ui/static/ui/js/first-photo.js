/**
 * "Commencer par une photo": the picture is made light and kept on the phone until its form is
 * opened; nothing is sent. Without this module the form with the file input sends it to the server,
 * which keeps it while a type is chosen. What keeps a photo and what handles it are fetched once the
 * button answers, or while a photo is being taken, so that the first page is soon of use.
 */

const shelf = () => import("riverain/beginning");

/** @param {HTMLElement} element */
export async function attach(element) {
  const input = /** @type {HTMLInputElement | null} */ (element.querySelector("input[type=file]"));
  const shown = /** @type {HTMLElement | null} */ (element.querySelector("[data-kept]"));
  const line = element.querySelector("[role=status]");
  if (!input || !shown || !line) return;
  const { unreadable = "" } = element.dataset;
  const label = element.querySelector(".photo-button span");
  const invites = label?.textContent ?? "";
  const image = /** @type {HTMLImageElement} */ (shown.querySelector("img"));
  const name = shown.querySelector("[data-name]");
  element.classList.add("live");

  // A format that this browser cannot show is named instead.
  image.addEventListener("error", () => (image.hidden = true));

  /** @param {File | undefined} photo */
  const show = (photo) => {
    if (image.src) URL.revokeObjectURL(image.src);
    image.hidden = false;
    if (photo) image.src = URL.createObjectURL(photo);
    else image.removeAttribute("src");
    if (name) name.textContent = photo?.name ?? "";
    shown.hidden = !photo;
    element.classList.toggle("kept", Boolean(photo));
  };

  /** Why a file is no photo; nothing for what is well. */
  const say = (refusal = "") => {
    line.textContent = refusal;
    line.classList.remove("unseen");
    line.classList.toggle("wrong", refusal !== "");
  };

  /** The button says what is seen, the line what is heard. @param {boolean} state */
  const busy = (state) => {
    const { preparing = "" } = element.dataset;
    element.toggleAttribute("data-busy", state);
    if (label) label.textContent = state ? preparing : invites;
    if (!state) return;
    say(preparing);
    line.className = "said unseen";
  };

  const tools = () => Promise.all([import("riverain/exif"), import("riverain/photos")]);
  const take = async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    busy(true);
    const [{ seenIn }, { isPicture, lightened }] = await tools();
    if (!(await isPicture(file))) {
      busy(false);
      input.value = "";
      say(unreadable.replace("{name}", file.name));
      return;
    }
    const seen = await seenIn(file);
    const photo = await lightened(file);
    const { begin } = await shelf();
    await begin(photo, seen);
    busy(false);
    input.value = "";
    show(photo);
    say();
    shown.focus();
  };

  input.addEventListener("click", tools, { once: true });
  input.addEventListener("change", take);
  shown.querySelector("button")?.addEventListener("click", async () => {
    const { forget } = await shelf();
    await forget();
    show(undefined);
    say();
    input.focus();
  });
  if (input.files?.length) return take();
  const { begun } = await shelf();
  const before = await begun();
  // Another may have been taken meanwhile.
  if (before && shown.hidden) show(before.photo);
}
