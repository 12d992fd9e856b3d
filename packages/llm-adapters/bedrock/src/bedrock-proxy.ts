import { proxyIn } from '@aegis/llm/transport';
import type { ModelContext } from '@aegis/spec';

type Environment = ModelContext['env'];

/** The proxy of the options, or that of the environment unless it excepts the host. */
export const proxyFor = (host: URL, proxy: string | undefined, env: Environment): string | undefined => {
  if (proxy !== undefined || host.protocol !== 'https:') return proxy;
  const excepted = present(env.no_proxy) ?? present(env.NO_PROXY) ?? '';
  return isExcepted(host.hostname, excepted) ? undefined : proxyIn(env, 'HTTPS_PROXY');
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

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;
