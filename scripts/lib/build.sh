# Configures and builds; build_program takes only milliseconds when nothing changed. Needs common.sh.

# configure TREE BUILD ARGUMENT...: configures the project in TREE for the folder BUILD inside TREE. Uses ccache and mold where they are
# installed. ccache keeps objects in build/cache: another build folder, or a copy of the tree, uses them again if its flags are the same.
# Shows the output of CMake only if it fails.
configure() {
  local tree=$1 build=$2 tools=()
  shift 2
  if command -v ccache >/dev/null; then
    export CCACHE_DIR=${CCACHE_DIR:-$root/build/cache} CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}
    export CCACHE_BASEDIR=$tree CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
    # Look objects up by the files that the compiler reports, not by preprocessing: the preprocessor would read the precompiled header
    # of the previous build.
    export CCACHE_DEPEND=1
    tools+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  if command -v mold >/dev/null; then tools+=(-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold); fi
  mkdir -p "$build"
  cmake -S "$tree" -B "$build" -G Ninja ${tools[@]+"${tools[@]}"} "$@" >"$build/configure.log" 2>&1 ||
    { tail -n 40 "$build/configure.log" >&2; fail "configuring failed"; }
}

# configure_tests TREE: configures the tests of TREE in TREE/build/test, with clang or with the compiler that CXX names. clang takes about
# half of GCC's time for them, and so both compilers see every source: scripts/test runs the end-to-end tests against GCC's release. No
# debug information: nobody debugs this build.
configure_tests() {
  local build=$1/build/test compiler fresh=()
  compiler=$(command -v "${CXX:-clang++}") || fail "no compiler ${CXX:-clang++}"
  # Where the compiler is another one, CMake forgets the arguments unless it starts anew.
  if [ -e "$build/CMakeCache.txt" ] && ! grep -qx "CMAKE_CXX_COMPILER:[A-Z]*=$compiler" "$build/CMakeCache.txt"; then fresh=(--fresh); fi
  configure "$1" "$build" ${fresh[@]+"${fresh[@]}"} -DCMAKE_BUILD_TYPE=None -DCMAKE_COMPILE_WARNING_AS_ERROR=ON \
    -DCMAKE_CXX_COMPILER="$compiler"
}

# sources_changed STAMP: whether a source of the program is newer than the file STAMP, or there is no such file.
sources_changed() {
  [ -e "$1" ] || return 0
  [ -n "$(find "$root/CMakeLists.txt" "$root/schemas" "$root/config" "$root/adapters" "$root/gateway" \
    -newer "$1" ! -name '*.md' ! -name '*.yaml' -print -quit)" ]
}

# build_program: builds or updates build/release/parley. Prints a message only when there is work.
build_program() {
  local stamp=$root/build/release/.built
  if [ -x "$root/build/release/parley" ] && ! sources_changed "$stamp"; then return; fi
  say "building Parley (the first time takes some minutes)"
  mkdir -p "$root/build/release"
  touch "$stamp.new"  # before the build, so that the next run sees a file that is saved during the build
  configure "$root" "$root/build/release" -DCMAKE_BUILD_TYPE=Release -DPARLEY_TESTS=OFF
  cmake --build "$root/build/release" --target parley -j "$(job_count)" >&2 || fail "the build failed"
  mv "$stamp.new" "$stamp"
}
