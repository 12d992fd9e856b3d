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
        httpProxy: proxyIn(env, 'HTTP_PROXY'),
        httpsProxy: proxyIn(env, 'HTTPS_PROXY'),
        noProxy: ['localhost', '127.0.0.1', '[::1]', env.no_proxy ?? env.NO_PROXY ?? ''].join(','),
      }
    : { httpProxy: proxy, httpsProxy: proxy, noProxy: '' };

/** Small letters first, as other programs do. */
const proxyIn = (env: Environment, name: string): string => {
  const value = env[name.toLowerCase()]?.trim() || env[name]?.trim() || '';
  const url = value === '' || value.includes('://') ? value : `http://${value}`;
  if (url === '' || URL.canParse(url)) return url;
  throw new ConfigError('invalid', `the variable ${name} is no URL`, {
    hint: 'Write http://host:port, or name a proxy in the option proxy.',
  });
};

export const passwordsOf = ({ httpProxy, httpsProxy }: Proxies): readonly string[] =>
  [httpProxy, httpsProxy].filter((url) => url !== '').map((url) => new URL(url).password);
