# Code that must not compile. Each file is a test that runs the compiler; see expect.cmake.
file(GLOB compile_fail_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cpp)
set(compile_fail_flags "-std=c++20 -I${PROJECT_SOURCE_DIR}")
foreach(source IN LISTS compile_fail_sources)
  cmake_path(GET source STEM stem)
  add_test(NAME compile_fail.${stem}
           COMMAND ${CMAKE_COMMAND} -D COMPILER=${CMAKE_CXX_COMPILER} "-DFLAGS=${compile_fail_flags}" -D SOURCE=${source}
                   -P ${CMAKE_CURRENT_LIST_DIR}/expect.cmake)
endforeach()
