/** One measurement at a time: two would measure each other, and what plays by itself would be measured with them. */

import { say } from "../shared/messages.js";

/**
 * @param {() => Iterable<{rest: (on: boolean) => void}>} players who is to take nothing of this device meanwhile
 * @returns {<T>(act: () => Promise<T>) => Promise<T>} rejects while another measurement is under way
 */
export function oneAtATime(players) {
  let underWay = false;
  return async (act) => {
    if (underWay) throw new Error(say("page-measuring-already"));
    underWay = true;
    for (const player of players()) player.rest(true);
    try {
      return await act();
    } finally {
      underWay = false;
      for (const player of players()) player.rest(false);
    }
  };
}
