/**
 * Pictures chosen in a form: seen, taken out, and made smaller on the phone before they are sent.
 * The file input itself holds the result, so the form is sent as without JavaScript.
 */

import { seenIn } from "riverain/exif";
import { hold } from "riverain/pending";

/** At 400 kbit/s these take eight seconds: past them a picture is made lighter. */
const HEAVY_BYTES = 400_000;
/** As heavy as what comes out of here can be, more or less. */
const FINE_BYTES = 1_500_000;
const LARGEST_SIDE = 2048;
const QUALITY = 0.8;

/**
 * The size at which a picture is sent: within the largest side, its shape kept.
 * @param {number} width
 * @param {number} height
 * @returns {[width: number, height: number]}
 */
export function fitted(width, height) {
  const ratio = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  return [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
}

/** How a file begins that the service reads: JPEG, PNG, GIF, WebP; HEIC and AVIF (a box "ftyp"). */
const BEGINNINGS = /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF[^]{4}WEBP|[^]{4}ftyp)/;
const BEGINNING_BYTES = 12;

/**
 * Some browsers give no type to a HEIC file, and all believe the name of what is none.
 * @param {File} file
 */
export async function isPicture(file) {
  if (!file.type.startsWith("image/") && !(file.type === "" && /\.(heic|heif)$/i.test(file.name))) return false;
  const bytes = new Uint8Array(await file.slice(0, BEGINNING_BYTES).arrayBuffer());
  return BEGINNINGS.test(String.fromCharCode(...bytes));
}

/**
 * A lighter JPEG, upright and without its metadata; the file as it is when it is light already,
 * when this browser cannot read it, or when it would not get lighter.
 * @param {File} file
 */
export async function lightened(file) {
  if (file.size <= HEAVY_BYTES) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const [width, height] = fitted(bitmap.width, bitmap.height);
    // Made lighter before (a draft that comes back): encoding it again would only blur it.
    if (width === bitmap.width && file.type === "image/jpeg" && file.size < FINE_BYTES) return file;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    /** @type {Blob | null} */
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

/** @param {HTMLElement} picker */
export function attach(picker) {
  const input = /** @type {HTMLInputElement | null} */ (picker.querySelector("input[type=file]"));
  const list = picker.querySelector(".picker-list");
  const line = picker.querySelector("[role=status]");
  if (!input || !list || !line) return;
  const words = picker.dataset;
  const limit = Number(words.limit);
  /** @type {File[]} */
  let files = [];
  /** @type {Map<File, string>} where each picture is seen from, until it is taken out */
  const seen = new Map();
  /** @type {Promise<unknown>} */
  let work = Promise.resolve();
  picker.classList.add("live");
  if (input.form) hold(input.form, () => work);

  /** @param {string[]} troubles */
  const tell = (troubles) => {
    const pattern = (files.length === 1 ? words.one : words.chosen) ?? "";
    const chosen = pattern.replace("{n}", String(files.length)).replace("{limit}", String(limit));
    line.classList.toggle("wrong", troubles.length > 0);
    line.textContent = [...troubles, files.length > 0 ? chosen : ""].filter(Boolean).join(" ");
  };

  const draw = () => {
    const kept = new DataTransfer();
    for (const file of files) kept.items.add(file);
    input.files = kept.files;
    list.replaceChildren(
      ...files.map((file, index) => {
        const item = document.createElement("li");
        item.className = "picked";
        const image = document.createElement("img");
        image.src = seen.get(file) ?? URL.createObjectURL(file);
        seen.set(file, image.src);
        image.alt = "";
        // A format that this browser cannot show is named instead.
        const named = () => {
          const name = document.createElement("span");
          name.className = "picked-name";
          name.textContent = file.name;
          image.replaceWith(name);
          input.dispatchEvent(new CustomEvent("riverain:photos", { bubbles: true }));
        };
        image.addEventListener("error", named, { once: true });
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button quiet slim";
        remove.textContent = words.removeWord ?? "";
        remove.setAttribute("aria-label", (words.remove ?? "").replace("{n}", String(index + 1)));
        remove.addEventListener("click", () => {
          files = files.filter((other) => other !== file);
          URL.revokeObjectURL(seen.get(file) ?? "");
          seen.delete(file);
          draw();
          tell([]);
          input.dispatchEvent(new CustomEvent("riverain:photos", { bubbles: true }));
          const buttons = list.querySelectorAll("button");
          (buttons[Math.min(index, buttons.length - 1)] ?? input).focus();
        });
        item.append(image, remove);
        return item;
      }),
    );
  };

  /** @param {File[]} chosen */
  const add = async (chosen) => {
    /** @type {string[]} */
    const troubles = [];
    for (const file of chosen) {
      if (!(await isPicture(file))) {
        troubles.push((words.unreadable ?? "").replace("{name}", file.name));
        continue;
      }
      if (files.length === limit) {
        troubles.push((words.tooMany ?? "").replace("{limit}", String(limit)));
        break;
      }
      const seen = await seenIn(file);
      const light = await lightened(file);
      // What this browser cannot make lighter, the server would only refuse after a long wait.
      if (light.size > Number(words.heaviest)) {
        troubles.push((words.tooHeavy ?? "").replace("{name}", file.name));
        continue;
      }
      files.push(light);
      draw();
      input.dispatchEvent(new CustomEvent("riverain:seen", { bubbles: true, detail: seen }));
    }
    draw();
    tell(troubles);
    input.dispatchEvent(new CustomEvent("riverain:photos", { bubbles: true }));
  };

  input.addEventListener("change", () => {
    const chosen = [...(input.files ?? [])];
    picker.setAttribute("aria-busy", "true");
    work = work.then(() => add(chosen)).finally(() => picker.removeAttribute("aria-busy"));
  });
  // Chosen before this module came, on a slow line, or kept by the browser's back button.
  if (input.files?.length) input.dispatchEvent(new Event("change"));
}
