# Interface targets that every target of ours links: language level, warnings, sanitizers.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_compile_definitions(project_options INTERFACE
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)

add_library(project_warnings INTERFACE)
target_compile_options(project_warnings INTERFACE -Wall -Wextra -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside the standard library and inside coroutine frames, not in our code.
  target_compile_options(project_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict
    -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-dangling-pointer
    -Wno-mismatched-new-delete)
endif()

# Our code alone: ggml under a sanitizer takes minutes for a second of speech, and its threads meet in atomics on
# purpose. What enters or leaves it is still checked, by the interceptors and in our code.
set(PROJECT_SANITIZE "" CACHE STRING "Sanitizers for our code (address,undefined or thread)")
if(PROJECT_SANITIZE)
  # Tests themselves are not optimised, which is most of what their coroutines take to compile; the code under test is -O1.
  target_compile_options(project_options INTERFACE -fsanitize=${PROJECT_SANITIZE} -fno-omit-frame-pointer -g1
    $<IF:$<BOOL:$<TARGET_PROPERTY:PROJECT_TEST>>,-O0,-O1>)
  target_link_options(project_options INTERFACE -fsanitize=${PROJECT_SANITIZE})
  if(PROJECT_SANITIZE MATCHES undefined)
    # UBSan's checks of each pointer double the time to compile (a test of the storage: 23 s and 12 s), and ASan sees
    # most of what they would see.
    target_compile_options(project_options INTERFACE -fno-sanitize=null,alignment,object-size,vptr)
  endif()
endif()
if(PROJECT_SANITIZE STREQUAL "thread")
  # TSan does not understand memory fences. Asio's queues are under a mutex; its fences are for those who do without.
  target_compile_definitions(project_options INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
option(PROJECT_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
if(PROJECT_FUZZ)
  # Every module tells libFuzzer which of its branches an input took; without this it would guess blindly.
  target_compile_options(project_options INTERFACE
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:PROJECT_TEST>>>:-fsanitize=fuzzer-no-link>)
endif()
