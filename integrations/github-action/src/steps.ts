type Environment = NodeJS.ProcessEnv;

type Step = 'prepare' | 'run' | 'report' | 'comment';

/** An output of an earlier step; empty when it set none. */
export const outputOf = (env: Environment, step: Step, name: string): string => {
  const steps = JSON.parse(env.AEGIS_ACTION_STEPS ?? '{}') as {
    readonly [id: string]: { readonly outputs?: { readonly [name: string]: string } } | undefined;
  };
  return steps[step]?.outputs?.[name] ?? '';
};
