# Configuring and building, skipped in milliseconds when nothing changed. Needs common.sh.

# sources_changed STAMP: whether anything that the program is built from is newer than STAMP.
sources_changed() {
  [ -e "$1" ] || return 0
  [ -n "$(find "$root/CMakeLists.txt" "$root/schemas" "$root/config" "$root/adapters" "$root/gateway" \
    -newer "$1" ! -name '*.md' ! -name '*.yaml' -print -quit)" ]
}

# build_program: builds/updates build/release/parley; says so only when there is work.
build_program() {
  local stamp=$root/build/release/.built
  if [ -x "$root/build/release/parley" ] && ! sources_changed "$stamp"; then return; fi
  say "building Parley (the first time takes some minutes)"
  mkdir -p "$root/build/release"
  touch "$stamp.new"  # from before the build: a file saved meanwhile is seen next time
  cmake -S "$root" -B "$root/build/release" -G Ninja -DCMAKE_BUILD_TYPE=Release -DPARLEY_TESTS=OFF >"$root/build/release/configure.log" 2>&1 ||
    { tail -n 30 "$root/build/release/configure.log" >&2; fail "configuring failed"; }
  cmake --build "$root/build/release" --target parley -j "$(job_count)" >&2 || fail "the build failed"
  mv "$stamp.new" "$stamp"
}
