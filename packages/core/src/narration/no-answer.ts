import { messageOf } from '../message-of.js';

/** For the reader of a rule whose narrative is missing. */
export const noAnswer = (error: unknown): string => `The model gave no answer: ${messageOf(error)}`;
