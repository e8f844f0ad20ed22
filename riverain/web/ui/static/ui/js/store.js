/**
 * What the browser keeps for a resident: drafts, the photo chosen first, forms that wait to be sent.
 * IndexedDB, since it holds pictures. It may be refused (private windows, a full phone): every
 * function then answers as if nothing were kept, and the pages go on without.
 */

/** @typedef {"drafts" | "outbox"} Store */
/** @typedef {{ at: number }} Kept */

const NAME = "riverain";
/** @type {Store[]} */
const STORES = ["drafts", "outbox"];
const HOUR_MS = 3_600_000;
/**
 * A phone may be lent or shared, and what is kept names people and places: a draft lives a day. What
 * someone asked us to send waits a week, since they believe it sent.
 * @type {Record<Store, number>}
 */
export const LIFE_MS = { drafts: 24 * HOUR_MS, outbox: 7 * 24 * HOUR_MS };

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

function open() {
  opened ??= (async () => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => STORES.forEach((name) => request.result.createObjectStore(name)));
    const database = await answered(request);
    sweep(database);
    return database;
  })();
  return opened;
}

/**
 * Deletes what is too old, whichever form it was of: nobody may ever open that one again. What is
 * asked afterwards waits for it.
 * @param {IDBDatabase} database
 */
function sweep(database) {
  const both = database.transaction(STORES, "readwrite");
  for (const name of STORES) {
    const request = both.objectStore(name).openCursor();
    request.addEventListener("success", () => {
      const cursor = request.result;
      if (!cursor) return;
      if (expired(name, cursor.value.at)) cursor.delete();
      cursor.continue();
    });
  }
}

/**
 * @param {Store} name
 * @param {IDBTransactionMode} mode
 */
const table = async (name, mode) => (await open()).transaction(name, mode).objectStore(name);

/**
 * @param {Store} name
 * @param {number} at
 */
export const expired = (name, at, now = Date.now()) => now - at > LIFE_MS[name];

/**
 * @param {Store} name
 * @param {string} key
 * @param {object} value
 * @returns {Promise<boolean>} whether it is kept
 */
export async function put(name, key, value) {
  try {
    await answered((await table(name, "readwrite")).put({ ...value, at: Date.now() }, key));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Store} name
 * @param {string} key
 * @returns {Promise<any>} undefined for what is not kept, or was too long ago
 */
export async function get(name, key) {
  try {
    const found = await answered((await table(name, "readonly")).get(key));
    return found && !expired(name, found.at) ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {Store} name
 * @param {string} key
 */
export async function remove(name, key) {
  try {
    await answered((await table(name, "readwrite")).delete(key));
  } catch {
    // Nothing was kept.
  }
}

/**
 * Everything that is kept, the oldest first.
 * @param {Store} name
 * @returns {Promise<Array<[key: string, value: any]>>}
 */
export async function entries(name) {
  try {
    const kept = await table(name, "readonly");
    const [keys, values] = await Promise.all([answered(kept.getAllKeys()), answered(kept.getAll())]);
    const all = keys.map((key, index) => /** @type {[string, any]} */ ([String(key), values[index]]));
    return all.filter(([, { at }]) => !expired(name, at)).sort(([, one], [, other]) => one.at - other.at);
  } catch {
    return [];
  }
}

const TAB = "riverain-tab";

/**
 * Names this tab, as long as it lives: what it wrote itself comes back without a question, what
 * another wrote (perhaps another person) is offered.
 */
export function tab() {
  try {
    const known = sessionStorage.getItem(TAB);
    if (known) return known;
    const made = Math.random().toString(36).slice(2);
    sessionStorage.setItem(TAB, made);
    return made;
  } catch {
    return "";
  }
}

/**
 * Marks this entry of the tab's history as sent: the way back to it, which may bring a filled form
 * back, then leads to what was sent instead of sending it again.
 * @param {string} tracking where it is followed
 */
export const mark = (tracking) => history.replaceState({ ...history.state, sent: tracking }, "");

/** @returns {string | undefined} where what was sent from this entry of the history is followed */
export const sentFromHere = () => history.state?.sent;

const NOTED = "riverain-noted-";

/**
 * Notes something for this tab alone, at once: what goes to IndexedDB is lost when the page is left
 * before it is written.
 * @param {string} key
 * @param {object} value
 */
export function note(key, value) {
  try {
    sessionStorage.setItem(NOTED + key, JSON.stringify({ ...value, at: Date.now() }));
  } catch {
    // Storage is refused, or full.
  }
}

/**
 * @param {string} key
 * @returns {any} what this tab noted; undefined for nothing, or too long ago
 */
export function here(key) {
  try {
    const found = JSON.parse(sessionStorage.getItem(NOTED + key) ?? "null");
    return found && !expired("drafts", found.at) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} key */
export function forgetHere(key) {
  try {
    sessionStorage.removeItem(NOTED + key);
  } catch {
    // Nothing was noted.
  }
}

/**
 * A draft is gone from the phone and from this tab.
 * @param {string} name
 */
export function discard(name) {
  forgetHere(name);
  return remove("drafts", name);
}
