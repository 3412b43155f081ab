# For scripts/check-floors: checks which folders a file includes and which namespaces it opens. Prints each breach as
# FILE:LINE: what. Variables: `order`, the list of check-floors with `|` between its lines; `adapters`, the names of the folders
# in adapters/; `known`, breaches that are accepted, as FILE>WHAT.

BEGIN {
  count = split(order, lines, "|")
  for (line = 1; line <= count; ++line) {
    entries = split(lines[line], entry, " ")
    for (i = 1; i <= entries; ++i) level_of[entry[i]] = line
  }
  split(known, list, " ")
  for (i in list) is_known[list[i]] = 1
  split("shape config gateway " adapters, list, " ")
  for (i in list) is_folder[list[i]] = 1
}

# The line of `order` for a path: the line of the file without its extension, else of the nearest folder that has a line.
function find_level(path) {
  sub(/\.[^\/]*$/, "", path)
  while (!(path in level_of) && sub(/\/[^\/]*$/, "", path)) {}
  return level_of[path] + 0
}

# The namespace of a file's folder.
function namespace_of(path, parts) {
  split(path, parts, "/")
  if (parts[1] == "schemas") return parts[2] == "shape" ? "parley::shape" : "parley"
  if (parts[1] == "adapters") return "parley::" parts[2]
  return path ~ /^gateway\/.*\// ? "parley::gateway::" parts[2] : "parley::" parts[1]
}

# Whether a file may open a namespace: the namespace of its folder, or one inside it that does not belong to another folder.
function may_open(name, parts) {
  if (name == own) return 1
  split(name, parts, "::")
  return index(name, own "::") == 1 && !(own == "parley" && parts[2] in is_folder)
}

function breach(rule, what) {
  if (!((FILENAME ">" what) in is_known)) print FILENAME ":" FNR ": " rule ": " what
}

function open(name) {
  ++depth
  opened[depth] = name
}

FNR == 1 {
  depth = 0
  named = specializes = 0
  own = namespace_of(FILENAME)
  level = find_level(FILENAME)
  split(FILENAME, parts, "/")
  floor = parts[1] "/"
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
  split($0, parts, "\"")
  if (index(parts[2], floor) == 1 && find_level(parts[2]) > level) breach("stands on a folder above its own", parts[2])
}

FILENAME ~ /\.in$/ { next }  # CMake makes a file of an adapter's folder from it

# The floors above schemas may open `parley` only to specialize a table of schemas/shape for one of their types.
specializes && NF && !/^\/\// {
  if (!/^template <>$/ && !/^namespace /) breach("opens a namespace that is not its folder's, " own, "parley")
  specializes = 0
}

/^} +\/\/ namespace/ { --depth }
/^}$/ && named && named == FNR - 2 { --depth }  # a namespace of one line has no closing comment

/^namespace \{/ { open(opened[depth]) }
/^(inline )?namespace [A-Za-z0-9_:]+ \{/ {
  name = $0
  sub(/^(inline )?namespace /, "", name)
  sub(/ .*/, "", name)
  if (depth > 0) name = opened[depth] "::" name
  open(name)
  named = FNR
  if (name == "parley" && own != "parley")
    specializes = 1
  else if (!may_open(name) && name != "rapidjson")
    breach("opens a namespace that is not its folder's, " own, name)
}
