/** 0 to 1: how much of a replay has had its turn; 1 when there was nothing to send. */
export function doneShare(progress: { readonly waiting: number; readonly underWay: number }, total: number): number {
  if (total === 0) return 1;
  return 1 - (progress.waiting + progress.underWay) / total;
}
