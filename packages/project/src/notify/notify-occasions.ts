export const notifyOccasions = ['all', 'failures', 'critical'] as const;
/** Which runs are told: every one, those with a failure or an error, those with a critical failure. */
export type NotifyOccasion = (typeof notifyOccasions)[number];
