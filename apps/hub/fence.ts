/**
 * The position that read models must have reached before they may answer: that of the newest acknowledged event
 * that takes something away (consent withdrawn, deselected, a prohibition in force). So nothing acknowledged as
 * ended is ever shown again, however far the projection lags. At start it is the head of the log: what lies before was
 * acknowledged by somebody.
 */
export interface Fence {
  raise(position: number): void;
  position(): number;
}

export function openFence(head: number): Fence {
  let highest = head;
  return {
    raise: (position) => {
      highest = Math.max(highest, position);
    },
    position: () => highest,
  };
}
