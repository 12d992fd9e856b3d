const secretName =
  /((^|_)(pass|pwd|sas)|pass(word|wd|phrase|code)|secret|token|credential|(api|access|private|account|auth|secret)_?key)s?$|^key$/i;

/** Whether an option or column of this name holds a secret and nothing else. */
export const isSecretName = (name: string): boolean => secretName.test(name);
