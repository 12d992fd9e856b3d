import { ConfigError, type JsonValue, type Report, type Rule } from '@aegis/spec';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { didYouMean } from '../suggest.js';
import { isNotable, isOccasion, type Notification, notificationOf, targetNameOf } from './notification.js';
import type { NotifyOccasion } from './notify-occasions.js';
import type { NotificationsConfig, NotificationTarget } from './notify-schema.js';
import { type SendOptions, sendMessage } from './send-message.js';
import { slackMessage } from './slack-message.js';

export interface NotifyFlags {
  /** Which runs are told. Default: `notifications.on` in aegis.yaml, else `failures`. */
  readonly notifyOn?: NotifyOccasion | undefined;
}

/** Tells people and systems of a finished run. */
export interface Notifier {
  /** What the reader of the run should know before it starts, e.g. of targets that do not exist. */
  readonly notes: readonly string[];
  /** Gives a note for each place that could not be told, which never ends the run. */
  finished(report: Report): Promise<readonly string[]>;
}

/**
 * The places that aegis.yaml names, when any is.
 * @throws ConfigError `invalid` for a default or a URL that is none, `missing-secret`
 */
export const openNotifier = (
  { notifyOn }: NotifyFlags,
  rules: readonly Rule[],
  project: Project,
  effects: Effects,
): Notifier | undefined => {
  const config = project.config.notifications;
  if (!config || Object.keys(config.targets).length === 0) return undefined;
  checkDefault(config, project);
  const routes = routesOf(rules, config);
  const used = [...new Set([...routes.values(), config.default])].filter((name) => name !== undefined);
  const places = used.map((name) => placeNamed(name, config, project));
  return {
    notes: strangers(rules, config),
    finished: async (report) => {
      if (!isOccasion(notifyOn ?? config.on, report)) return [];
      const notes = await Promise.all(
        places.map((place) => tell(place, notificationFor(place, report, routes, { config, project }), effects)),
      );
      return notes.flat();
    },
  };
};

/** Where each rule's results go: the target that it names, else the default. */
const routesOf = (rules: readonly Rule[], { targets, default: fallback }: NotificationsConfig) =>
  new Map(
    rules.map((rule) => {
      const name = targetNameOf(rule);
      return [rule.id, name !== undefined && Object.hasOwn(targets, name) ? name : fallback] as const;
    }),
  );

const strangers = (rules: readonly Rule[], { targets }: NotificationsConfig): readonly string[] => {
  const named = new Set(rules.flatMap((rule) => targetNameOf(rule) ?? []));
  return [...named]
    .filter((name) => !Object.hasOwn(targets, name))
    .map((name) => `Rules name the notification target "${name}", which aegis.yaml does not have.`);
};

const checkDefault = ({ default: name, targets }: NotificationsConfig, { locate }: Project): void => {
  if (name === undefined || Object.hasOwn(targets, name)) return;
  throw new ConfigError('invalid', `notifications.default names "${name}", which is no target`, {
    location: locate(['notifications', 'default']),
    hint: didYouMean(name, Object.keys(targets), `Targets: ${Object.keys(targets).join(', ')}.`),
  });
};

interface Place {
  readonly name: string;
  readonly type: NotificationTarget['type'];
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

const placeNamed = (name: string, { targets }: NotificationsConfig, project: Project): Place => {
  const path = ['notifications', 'targets', name];
  const { type, url, headers = {} } = project.resolve(targets[name], path) as unknown as Omit<Place, 'name'>;
  if (/^https?:\/\/./i.test(url) && URL.canParse(url)) return { name, type, url, headers };
  throw new ConfigError('invalid', `the url of the notification target "${name}" is no http(s) URL`, {
    location: project.locate([...path, 'url']),
    hint: 'Slack shows it under Incoming Webhooks; write it by reference, e.g. ${env:SLACK_WEBHOOK_URL}.',
  });
};

/** `undefined` where there is nothing to say to this place. */
const notificationFor = (
  { name }: Place,
  report: Report,
  routes: ReadonlyMap<string, string | undefined>,
  { config, project }: { readonly config: NotificationsConfig; readonly project: Project },
): Notification | undefined => {
  const results = report.results.filter((result) => isNotable(result) && routes.get(result.rule_id) === name);
  return results.length > 0 || name === config.default ? notificationOf(report, results, project.name) : undefined;
};

const tell = async (
  { name, type, url, headers }: Place,
  notification: Notification | undefined,
  { signal }: Effects,
): Promise<readonly string[]> => {
  if (!notification) return [];
  const options: SendOptions = { headers, signal: signal?.aborted ? undefined : signal };
  const failure = await sendMessage(url, bodyFor(type, notification), options);
  return failure === undefined ? [] : [`The notification target "${name}" was not told: ${failure}.`];
};

const bodyFor = (type: Place['type'], notification: Notification): JsonValue =>
  type === 'slack' ? slackMessage(notification) : (notification as unknown as JsonValue);
