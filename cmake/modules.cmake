# One folder, one target, dependencies on one line. `tests/architecture` compares every #include with them.
#   SEES   modules that appear in our headers
#   HIDES  modules that only our .cpp files use
# Third-party targets are listed in the same places; they carry a `::` or are plain library names.
define_property(GLOBAL PROPERTY PROJECT_MODULES BRIEF_DOCS "modules" FULL_DOCS "module|folder|sees|hides lines")

function(_record_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "SEES;HIDES")
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE ";" "," sees "${module_SEES}")
  string(REPLACE ";" "," hides "${module_HIDES}")
  set_property(GLOBAL APPEND PROPERTY PROJECT_MODULES "${name}|${folder}|${sees}|${hides}")
endfunction()

# Everything a user runs; `make build` builds this and no tests.
add_custom_target(programs)
# Everything that checks without running them whole; `make test-sanitize` builds these.
add_custom_target(unit_tests)
add_custom_target(fuzz_targets)

# A library. HEADER_ONLY modules pass no SOURCES.
function(add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "SOURCES;SEES;HIDES")
  if(module_SOURCES)
    add_library(${name} STATIC ${module_SOURCES})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name}
      PUBLIC project_options ${module_SEES}
      PRIVATE project_warnings ${module_HIDES})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE project_options ${module_SEES})
  endif()
  _record_module(${name} SEES ${module_SEES} HIDES ${module_HIDES})
endfunction()

# A program, written to build/<preset>/bin.
function(add_program name)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "" "SOURCES;USES")
  add_executable(${name} ${program_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE project_options project_warnings ${program_USES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  add_dependencies(programs ${name})
  _record_module(${name} SEES ${program_USES})
endfunction()

# A GoogleTest program. Tests run in PROJECT_SOURCE_DIR, so they open golden files by repository path. ONE_THREAD: neither
# it nor what it tests starts a thread; it is left out under TSan.
function(add_unit_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "ONE_THREAD" "" "SOURCES;USES")
  if(NOT GTest_FOUND OR (test_ONE_THREAD AND PROJECT_SANITIZE STREQUAL "thread"))
    return()
  endif()
  add_executable(${name} ${test_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE project_options project_warnings ${test_USES} GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests PROJECT_TEST ON)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set(timeout_s 300)
  if(PROJECT_SANITIZE)
    set(timeout_s 900)  # beside other work
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout_s} LABELS unit)
  add_dependencies(unit_tests ${name})
endfunction()

# A libFuzzer target; only in the presets asan and fuzz. Seeds live in tests/fuzz/seeds/<name>.
function(add_fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 fuzz "" "" "SOURCES;USES")
  if(NOT PROJECT_FUZZ)
    return()
  endif()
  add_executable(${name} ${fuzz_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE project_options project_warnings ${fuzz_USES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
  add_dependencies(fuzz_targets ${name})
endfunction()

# Written at the end of configuration; read by tests/architecture.
function(write_module_list)
  get_property(lines GLOBAL PROPERTY PROJECT_MODULES)
  string(REPLACE ";" "\n" text "${lines}")
  file(WRITE ${PROJECT_BINARY_DIR}/modules.txt "${text}\n")
endfunction()
