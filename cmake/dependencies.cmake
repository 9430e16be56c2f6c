# Everything here is a Debian 12 package (scripts/install_dependencies.sh); whisper.cpp comes in cmake/whisper.cmake.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CURL 7.85 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc)
find_package(PkgConfig REQUIRED)
pkg_check_modules(OPUS REQUIRED IMPORTED_TARGET GLOBAL opus)
if(NOT WIN32)
  pkg_check_modules(LIBSECRET REQUIRED IMPORTED_TARGET GLOBAL libsecret-1)  # the desktop's keyring, where there is one
endif()
pkg_check_modules(AVAHI IMPORTED_TARGET GLOBAL avahi-client)  # without it servers are not found on the network
find_package(GTest)  # programs build without it; `make test` installs it and configures again
include(whisper)

# The headers are those of libphonenumber-dev, which cannot be installed beside Boost 1.81: the script unpacks them.
find_path(PHONENUMBER_HEADERS phonenumbers/phonenumberutil.h PATHS ${PROJECT_SOURCE_DIR}/third_party/libphonenumber/include)
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8)
find_package(Protobuf 3.21 REQUIRED)  # what their PhoneNumber is made of
if(NOT PHONENUMBER_HEADERS OR NOT PHONENUMBER_LIBRARY)
  message(FATAL_ERROR "libphonenumber is missing. Run `make deps`, then configure again.")
endif()
add_library(phonenumber INTERFACE)
target_include_directories(phonenumber SYSTEM INTERFACE ${PHONENUMBER_HEADERS})
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY} ${Protobuf_LIBRARIES})
