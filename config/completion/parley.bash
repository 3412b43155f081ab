# Completion of `parley` for bash: commands, options, files, and STYLE:SHAPE. It asks the program itself, so it is never out of date.
# Installed as share/bash-completion/completions/parley; by hand: `source parley.bash`.

# What the program's own help lists under "Subcommands:", and under "Options:" of a command.
_parley_commands() { "$1" help 2>/dev/null | awk '/^Subcommands:/ {on = 1; next} /^[^ ]/ {on = 0} on && NF {print $1}'; }
_parley_options() {
  "$1" help "$2" 2>/dev/null | awk '/^Options:/ {on = 1; next} /^[^ ]/ {on = 0} on' | grep -o -E '^ +(-[a-z],)?--[a-z-]+' | grep -o -E -e '--[a-z-]+'
}
_parley_shapes() { "$1" schema 2>/dev/null | awk '$1 ~ /:/ {print $1}'; }

_parley() {
  local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} current previous line
  # With `:` among the word breaks, `comm100:vis` is three words: they are put together again.
  line=${COMP_LINE:0:COMP_POINT}
  current=${line##*[[:space:]]}
  previous=${line%"$current"}
  previous=${previous%"${previous##*[![:space:]]}"}
  previous=${previous##*[[:space:]]}
  # `--from=comm` is an option and the beginning of its value. bash counts `=` as a word of its own, too.
  if [[ $current == --*=* ]]; then
    previous=${current%%=*}
    current=${current#*=}
  fi
  COMPREPLY=()

  if [[ $COMP_CWORD -le 1 && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--help --version' -- "$current")
  elif [[ $previous == "$program" || $COMP_CWORD -le 1 || ($previous == help && $command == help) ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_parley_commands "$program")" -- "$current")
  elif [[ $previous == --from || $previous == --to || ($command == schema && $current != -*) ]]; then
    local words
    words=$(_parley_shapes "$program")
    if [[ $command == schema ]]; then
      words+=$'\ncanonical\nconfig'
    else  # bodies of requests have a schema, and nothing else
      words=$(grep -v ':request\.' <<<"$words")
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    # bash replaces only what stands behind the last colon.
    if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
      COMPREPLY=("${COMPREPLY[@]#"${current%:*}:"}")
    fi
  elif [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_parley_options "$program" "$command")" -- "$current")
  elif [[ $previous != --listen && $previous != --backend && $previous != --callback ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -F _parley parley
