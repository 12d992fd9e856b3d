export type Shell = 'bash' | 'zsh' | 'fish';

/**
 * Each asks `aegis complete -- WORDS…` for lines of `value<TAB>description`, and completes files where there are none.
 * What was typed is passed on as arguments and never evaluated.
 */
export const scripts: { readonly [shell in Shell]: string } = {
  bash: `_aegis() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(aegis complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _aegis aegis
`,
  zsh: `#compdef aegis
_aegis() {
  local line
  local -a found
  for line in "\${(@f)$(aegis complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe 'aegis' found; else _files; fi
}
if [[ "\${funcstack[1]}" == _aegis ]]; then _aegis "$@"; else compdef _aegis aegis; fi
`,
  fish: `function __aegis_find
  set -l words (commandline -opc) (commandline -ct)
  set -g __aegis_found (aegis complete -- $words[2..] 2>/dev/null)
  test (count $__aegis_found) -gt 0
end
complete -c aegis -n __aegis_find -f -a '(printf "%s\\n" $__aegis_found)'
`,
};
