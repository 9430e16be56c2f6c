# Speech to text: gives the target `whisper` (headers whisper.h, ggml*.h), and `miniaudio` (header miniaudio.h).
# A whisper installed on the system wins; otherwise the source tree inside the npm package that third_party/ pins.
option(PROJECT_WHISPER_NATIVE "Use every instruction of this very machine (the program may not run on another)" OFF)
option(PROJECT_WHISPER_CUDA "Build whisper.cpp's CUDA back end" OFF)
option(PROJECT_WHISPER_VULKAN "Build whisper.cpp's Vulkan back end" OFF)

set(WHISPER_TREE ${PROJECT_SOURCE_DIR}/third_party/node_modules/nodejs-whisper/cpp/whisper.cpp)
if(NOT EXISTS ${WHISPER_TREE}/CMakeLists.txt OR NOT EXISTS ${WHISPER_TREE}/examples/miniaudio.h)
  message(FATAL_ERROR
    "The sources of whisper.cpp and miniaudio are missing (${WHISPER_TREE}).\n"
    "Run `make deps`, or `npm ci --ignore-scripts` in the folder third_party, then configure again.")
endif()

add_library(miniaudio INTERFACE)
target_include_directories(miniaudio SYSTEM INTERFACE ${WHISPER_TREE}/examples)
target_link_libraries(miniaudio INTERFACE Threads::Threads ${CMAKE_DL_LIBS} m)

# A function, so that what is set here stays here.
function(_add_whisper_tree)
  # A debug build of the matrix kernels is 20 times too slow to test with: third-party code is always optimised.
  set(CMAKE_C_FLAGS_DEBUG "-O3 -DNDEBUG")
  set(CMAKE_CXX_FLAGS_DEBUG "-O3 -DNDEBUG")
  set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O3 -DNDEBUG -g1")
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O3 -DNDEBUG -g1")
  unset(CMAKE_CXX_STANDARD)
  unset(CMAKE_CXX_EXTENSIONS)
  string(APPEND CMAKE_C_FLAGS " -w")
  string(APPEND CMAKE_CXX_FLAGS " -w")
  set(BUILD_SHARED_LIBS OFF)
  set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)  # option() takes the values below
  set(CMAKE_POLICY_DEFAULT_CMP0126 NEW)  # so does set(… CACHE …)
  set(GIT_EXE "" CACHE INTERNAL "ggml would compile in the commit of this repository and rebuild for each")
  set(WHISPER_BUILD_EXAMPLES OFF)
  set(WHISPER_BUILD_TESTS OFF)
  set(WHISPER_BUILD_SERVER OFF)
  set(GGML_CCACHE OFF)
  set(GGML_OPENMP OFF)
  set(GGML_BLAS ON)
  set(GGML_BLAS_VENDOR OpenBLAS)
  set(GGML_NATIVE ${PROJECT_WHISPER_NATIVE})  # OFF: AVX2, FMA, F16C, BMI2
  set(GGML_CUDA ${PROJECT_WHISPER_CUDA})
  set(GGML_CUDA_FA OFF)  # flash attention is never asked for (whisper_setup.cpp), and its kernels take long to build
  set(GGML_VULKAN ${PROJECT_WHISPER_VULKAN})
  add_subdirectory(${WHISPER_TREE} ${PROJECT_BINARY_DIR}/whisper EXCLUDE_FROM_ALL SYSTEM)
endfunction()

find_package(whisper QUIET)
if(whisper_FOUND)
  if(NOT TARGET whisper)
    add_library(whisper INTERFACE)
    target_include_directories(whisper SYSTEM INTERFACE ${WHISPER_INCLUDE_DIR})
    target_link_libraries(whisper INTERFACE ${WHISPER_LIBRARIES})
  endif()
  message(STATUS "whisper: installed on this system")
else()
  _add_whisper_tree()
  if(PROJECT_WHISPER_VULKAN)
    find_path(VULKAN_HEADERS vulkan/vulkan_core.h HINTS $ENV{VULKAN_SDK}/include REQUIRED)
    file(STRINGS ${VULKAN_HEADERS}/vulkan/vulkan_core.h _layer_settings REGEX "define VK_EXT_layer_settings " LIMIT_COUNT 1)
    if(NOT _layer_settings)
      target_compile_options(ggml-vulkan PRIVATE
        $<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${CMAKE_CURRENT_LIST_DIR}/vulkan_layer_settings.hpp>)
    endif()
  endif()
  message(STATUS "whisper: built from third_party/")
endif()
