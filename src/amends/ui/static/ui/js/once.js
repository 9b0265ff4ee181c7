// Gives each element a behaviour once, however often its module is started.

const done = new Map();

export function once(root, selector, behaviour) {
  if (!done.has(behaviour)) done.set(behaviour, new WeakSet());
  const seen = done.get(behaviour);
  const found = [...root.querySelectorAll(selector)];
  if (root.matches && root.matches(selector)) found.unshift(root);
  for (const element of found) {
    if (!seen.has(element)) {
      seen.add(element);
      behaviour(element);
    }
  }
}
