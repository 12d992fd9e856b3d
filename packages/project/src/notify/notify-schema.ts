import { z } from 'zod';
import { notifyOccasions } from './notify-occasions.js';

const url = z.string().min(1).meta({ description: 'Where messages are sent: a secret, so by reference.' });

const target = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('slack').meta({ description: 'An incoming webhook of Slack.' }),
    url,
  }),
  z.strictObject({
    type: z.literal('webhook').meta({ description: 'Any server that takes JSON.' }),
    url,
    headers: z
      .record(z.string(), z.string())
      .default({})
      .meta({ description: 'Headers of HTTP, secrets by reference.' }),
  }),
]);

/** `notifications` in aegis.yaml. */
export const notificationsSchema = z.strictObject({
  on: z.enum(notifyOccasions).default('failures').meta({
    description: 'Which runs are told: `all`, `failures` (and errors) or `critical` failures.',
  }),
  targets: z.record(z.string(), target).default({}).meta({
    description: 'Places by the name that `sla.notification_target` uses: `slack://data-quality` is `data-quality`.',
  }),
  default: z.string().min(1).optional().meta({
    description: 'Where results go whose rules name no target, and what a run came to. Default: nowhere.',
  }),
});

export type NotificationsConfig = z.infer<typeof notificationsSchema>;
export type NotificationTarget = z.infer<typeof target>;
