# Installs the files that `cmake --install` cannot copy unchanged: units, which name the installed program, and the manual page. CMake
# runs this file with PARLEY_SOURCE_DIR and PARLEY_BINARY_DIR set.
get_filename_component(prefix "${CMAKE_INSTALL_PREFIX}" ABSOLUTE)

file(GLOB units "${PARLEY_SOURCE_DIR}/config/systemd/*.service" "${PARLEY_SOURCE_DIR}/config/systemd/*.socket")
foreach(unit IN LISTS units)
  get_filename_component(name "${unit}" NAME)
  file(READ "${unit}" text)
  string(REPLACE "/usr/local/bin/parley" "${prefix}/bin/parley" text "${text}")
  file(WRITE "${PARLEY_BINARY_DIR}/installed/${name}" "${text}")
  file(INSTALL DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/systemd/system" TYPE FILE
       FILES "${PARLEY_BINARY_DIR}/installed/${name}")
endforeach()

find_program(PARLEY_HELP2MAN help2man)
if(PARLEY_HELP2MAN)
  execute_process(COMMAND "${PARLEY_SOURCE_DIR}/scripts/man" "${PARLEY_BINARY_DIR}/parley" "${PARLEY_BINARY_DIR}/installed/parley.1"
                  COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL DESTINATION "${CMAKE_INSTALL_PREFIX}/share/man/man1" TYPE FILE FILES "${PARLEY_BINARY_DIR}/installed/parley.1")
else()
  message(STATUS "No manual page: help2man is not installed (Debian: apt-get install help2man)")
endif()
