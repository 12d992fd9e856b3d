const secretParameters = /^(?:.*(?:token|key|secret|password|signature|sig|credential|auth).*)$/i;

/** Whether a source is read over HTTP. */
export const isHttp = (source: string): boolean => /^https?:\/\//i.test(source);

/** A URL as it may be shown: without user, password and parameters that look like secrets. */
export const shownUrl = (source: string): string => {
  const url = URL.parse(source);
  if (!url) return source.replace(/\/\/[^/@]*@/, '//');
  url.username = '';
  url.password = '';
  for (const name of url.searchParams.keys()) if (secretParameters.test(name)) url.searchParams.set(name, '***');
  return url.href;
};

/** A request cannot be made to a URL that holds credentials: they go into a header. */
export const withoutCredentials = (
  source: string,
): { readonly url: URL; readonly headers: { readonly [name: string]: string } } => {
  const url = new URL(source);
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = '';
  url.password = '';
  const credentials = Buffer.from(`${user}:${password}`).toString('base64');
  return { url, headers: user === '' ? {} : { authorization: `Basic ${credentials}` } };
};
