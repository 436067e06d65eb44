/** What is told of this exhibit before any of its program runs. */

export const about = {
  label: "Type a word",
  description: "Type a word. A small model reads it on your device, a large one on the server.",
};
