const call =
  /\{\{\s*env_var\(\s*(['"])([A-Za-z_][A-Za-z0-9_]*)\1\s*(,\s*(?:(['"])(.*?)\4|[^)]*))?\)\s*(?:\|\s*\w+\s*)*\}\}/g;

/** A text of profiles.yml in the words of aegis.yaml. */
export interface ReferredText {
  /** `undefined` where it holds Jinja that only dbt understands. */
  readonly text: string | undefined;
  /** Variables that must be set. */
  readonly variables: readonly string[];
  /** Of those: the ones for which dbt has a default, and aegis.yaml cannot. */
  readonly withDefault: readonly string[];
}

/** `{{ env_var('PGHOST') }}` becomes `${env:PGHOST}`; values are never looked at. */
export const referToVariables = (text: string): ReferredText => {
  const variables: string[] = [];
  const withDefault: string[] = [];
  const replaced = text.replaceAll(call, (_whole, _quote, name: string, fallback: string | undefined) => {
    variables.push(name);
    if (fallback !== undefined) withDefault.push(name);
    return `\${env:${name}}`;
  });
  return { text: /\{[{%]/.test(replaced) ? undefined : replaced, variables, withDefault };
};

/** The value of a text that decides how the profile is read, e.g. its target; `undefined` where a variable is not set. */
export const resolveVariables = (
  text: string,
  env: { readonly [name: string]: string | undefined },
): string | undefined => {
  let isKnown = true;
  const resolved = text.replaceAll(
    call,
    (_whole, _quote, name: string, _fallback, _inner, fallback: string | undefined) => {
      const value = env[name] ?? fallback;
      if (value === undefined) isKnown = false;
      return value ?? '';
    },
  );
  return isKnown && !/\{[{%]/.test(resolved) ? resolved : undefined;
};
