/** What is told of this exhibit before any of its program runs. */

export const about = {
  label: "Build a tower",
  description:
    "Two agents rebuild the same tower. A small one thinks on your device, a large one acts on the server.",
};
