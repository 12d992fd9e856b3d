import { ConfigError, type ModelContext } from '@aegis/spec';

type Environment = ModelContext['env'];

/** As undici takes them; an empty text keeps it from looking by itself. */
export interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/** The proxy of the options for every host, or those of the environment, which no server on this machine is reached by. */
export const proxiesOf = (proxy: string | undefined, env: Environment): Proxies =>
  proxy === undefined
    ? {
        httpProxy: proxyIn(env, 'HTTP_PROXY') ?? '',
        httpsProxy: proxyIn(env, 'HTTPS_PROXY') ?? '',
        noProxy: ['localhost', '127.0.0.1', '[::1]', env.no_proxy ?? env.NO_PROXY ?? ''].join(','),
      }
    : { httpProxy: proxy, httpsProxy: proxy, noProxy: '' };

/** The URL in a variable, the one in small letters first, as other programs do. @throws ConfigError `invalid` for what is no URL */
export const proxyIn = (env: Environment, name: 'HTTP_PROXY' | 'HTTPS_PROXY'): string | undefined => {
  const value = env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined;
  const url = value === undefined || value.includes('://') ? value : `http://${value}`;
  if (url === undefined || URL.canParse(url)) return url;
  throw new ConfigError('invalid', `the variable ${name} is no URL`, {
    hint: 'Write http://host:port, or name a proxy in the option proxy.',
  });
};

/** What no error may show of the proxies. */
export const passwordsOf = ({ httpProxy, httpsProxy }: Pick<Proxies, 'httpProxy' | 'httpsProxy'>): readonly string[] =>
  [httpProxy, httpsProxy].filter((url) => url !== '').map((url) => new URL(url).password);
