# Completion of `parley` for bash: commands, options, files, and STYLE:SHAPE. It asks the program, so it is never out of date.
# It is installed as share/bash-completion/completions/parley. To load it by hand: `source parley.bash`.

# The lists under "Subcommands:" in the help of the program, and under "Options:" in the help of a command.
_parley_commands() { "$1" help 2>/dev/null | awk '/^Subcommands:/ {on = 1; next} /^[^ ]/ {on = 0} on && NF {print $1}'; }
_parley_options() {
  "$1" help "$2" 2>/dev/null | awk '/^Options:/ {on = 1; next} /^[^ ]/ {on = 0} on' | grep -o -E '^ +(-[a-z],)?--[a-z-]+' | grep -o -E -e '--[a-z-]+'
}
_parley_shapes() { "$1" schema 2>/dev/null | awk '$1 ~ /:/ {print $1}'; }

_parley() {
  local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} current previous line
  # bash splits `comm100:vis` into three words if `:` is a word break. We take the word from the line instead.
  line=${COMP_LINE:0:COMP_POINT}
  current=${line##*[[:space:]]}
  previous=${line%"$current"}
  previous=${previous%"${previous##*[![:space:]]}"}
  previous=${previous##*[[:space:]]}
  # `--from=comm` is an option and the start of its value. bash also splits at `=`.
  if [[ $current == --*=* ]]; then
    previous=${current%%=*}
    current=${current#*=}
  fi
  COMPREPLY=()

  if [[ $COMP_CWORD -le 1 && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--help --version' -- "$current")
  elif [[ $previous == "$program" || $COMP_CWORD -le 1 || ($previous == help && $command == help) ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_parley_commands "$program")" -- "$current")
  elif [[ $previous == --from || ($previous == --to && $command != dump) || ($command == schema && $current != -*) ]]; then
    local words
    words=$(_parley_shapes "$program")
    if [[ $command == schema ]]; then
      words+=$'\ncanonical\nconfig'
    else  # request bodies have a schema only, and only `load` takes a dump
      words=$(grep -v ':request\.' <<<"$words")
      if [[ $command != load ]]; then words=$(grep -vx 'canonical:dump' <<<"$words"); fi
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    # bash replaces only the text after the last colon.
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
