/** What is told of this exhibit before any of its program runs. */

export const about = {
  label: "Draw a digit",
  description:
    "Draw a digit. A small model reads it on your device, a large one on the server, side by side.",
};
