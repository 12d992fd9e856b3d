import { ConfigError, type ModelContext } from '@aegis/spec';

type Environment = ModelContext['env'];

/** The proxy of the options, or that of the environment unless it excepts the host. */
export const proxyFor = (host: URL, proxy: string | undefined, env: Environment): string | undefined => {
  if (proxy !== undefined || host.protocol !== 'https:') return proxy;
  const excepted = present(env.no_proxy) ?? present(env.NO_PROXY) ?? '';
  return isExcepted(host.hostname, excepted) ? undefined : proxyIn(env);
};

/** Names stand for their subdomains, too; `*` for everything. */
const isExcepted = (hostname: string, excepted: string): boolean =>
  excepted
    .split(/[\s,]+/)
    .map((entry) =>
      entry
        .replace(/:\d+$/, '')
        .replace(/^\*?\./, '')
        .toLowerCase(),
    )
    .some((entry) => entry === '*' || hostname === entry || (entry !== '' && hostname.endsWith(`.${entry}`)));

/** Small letters first, as other programs do. */
const proxyIn = (env: Environment): string | undefined => {
  const value = present(env.https_proxy) ?? present(env.HTTPS_PROXY);
  const url = value === undefined || value.includes('://') ? value : `http://${value}`;
  if (url === undefined || URL.canParse(url)) return url;
  throw new ConfigError('invalid', 'the variable HTTPS_PROXY is no URL', {
    hint: 'Write http://host:port, or name a proxy in the option proxy.',
  });
};

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;
