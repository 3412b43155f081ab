# Profile-guided optimisation: adds to parley_options what PARLEY_PGO asks for. CMakeLists.txt includes it; scripts/pgo sets the variables.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR "PARLEY_PGO needs GCC, and the compiler is ${CMAKE_CXX_COMPILER_ID}")
endif()

# Profiles are named by the path of the object below the build folder, so that one build folder writes them and another uses them.
set(pgo_options -fprofile-prefix-path=${PROJECT_BINARY_DIR})
if(PARLEY_PGO STREQUAL "generate")
  # Workers are threads: counters that are not atomic lose counts, and the profile contradicts itself.
  list(APPEND pgo_options -fprofile-generate=${PARLEY_PGO_PROFILE} -fprofile-update=atomic)
  target_link_options(parley_options INTERFACE -fprofile-generate)
elseif(PARLEY_PGO STREQUAL "use")
  file(GLOB_RECURSE pgo_profiles ${PARLEY_PGO_PROFILE}/*.gcda)
  if(NOT pgo_profiles)
    message(FATAL_ERROR "PARLEY_PGO=use: ${PARLEY_PGO_PROFILE} has no profile (*.gcda). scripts/pgo makes one")
  endif()
  # Without -fprofile-partial-training, code that the training did not reach is made small instead of fast. The tests, and objects that no
  # program contains, have no profile.
  list(APPEND pgo_options -fprofile-use=${PARLEY_PGO_PROFILE} -fprofile-partial-training -Wno-missing-profile)
  # A profile knows the path of its source. A source that CMake wrote has another path in each build folder and is built without.
  set(pgo_generated ${PROJECT_BINARY_DIR}/registry.cpp)
  foreach(name IN LISTS PARLEY_ADAPTERS)
    list(APPEND pgo_generated ${PROJECT_BINARY_DIR}/samples_${name}.cpp)
  endforeach()
  set_source_files_properties(${pgo_generated} PROPERTIES COMPILE_OPTIONS -Wno-coverage-mismatch)
else()
  message(FATAL_ERROR "PARLEY_PGO is '${PARLEY_PGO}', and must be generate, use or empty")
endif()
target_compile_options(parley_options INTERFACE ${pgo_options})
