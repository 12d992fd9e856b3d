const dayMs = 86_400_000;

/** Days of data before the run that may be faulty. */
export const daysOfData = 24;

/** Days that are loaded one by one; all before came with the first load. */
export const dailyLoads = 5;

/** @param day as `YYYY-MM-DD` */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The clock of a run: the morning after the last day of data. */
export const clockOf = (day: string): string => `${day}T06:00:00.000Z`;
