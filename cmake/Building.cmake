# How the kiosk's code is compiled. One static library a folder, linked only to what house rules allow.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(KIOSK_SANITIZE "" CACHE STRING "sanitizers, comma separated: address,undefined or thread")
option(KIOSK_FUZZ "build the libFuzzer targets (clang)" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Cups REQUIRED)  # libcups has no pkg-config file

# What every source is compiled with, and what all but the confined programs are: sanitizers.
add_library(kiosk_plain_flags INTERFACE)
add_library(kiosk_sanitizers INTERFACE)
add_library(kiosk_flags INTERFACE)
target_link_libraries(kiosk_flags INTERFACE kiosk_plain_flags kiosk_sanitizers)
target_include_directories(kiosk_plain_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(kiosk_plain_flags INTERFACE
  -Werror -Wall -Wextra -Wpedantic
  -Wconversion -Wsign-conversion  # a lost digit on a wire or on paper is a wrong paper
  -Wold-style-cast                # casts must be findable
  -Wsuggest-override -Wnon-virtual-dtor
  -Wno-missing-field-initializers  # a designated initialiser names what matters; the rest has defaults
  -Wshadow -Wundef -Wcast-align -Wimplicit-fallthrough
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=  # no machine's paths in the program, and one cache for all checkouts
)
if(NOT KIOSK_SANITIZE)
  # ccache makes paths relative: what a kiosk runs is the same bytes without it, build IDs too.
  file(RELATIVE_PATH to_sources ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR})
  target_compile_options(kiosk_plain_flags INTERFACE -ffile-prefix-map=${to_sources}= -ffile-prefix-map=./=
                         -ffile-prefix-map=${CMAKE_BINARY_DIR}/=)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(kiosk_plain_flags INTERFACE -Wduplicated-cond -Wlogical-op)
  # GCC 12 reports null dereferences inside its own headers at any optimisation, so that warning is not among the above,
  # and uninitialised values there once sanitizers are on, or at -O2 wherever TRY unwraps an expected.
  target_compile_options(kiosk_plain_flags INTERFACE -Wno-maybe-uninitialized)
  if(NOT KIOSK_SANITIZE)
    # And overlaps and bounds inside its strings and vectors at -O2 (its bugs 105329, 105651).
    target_compile_options(kiosk_plain_flags INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
                           -Wno-stringop-overread)
  endif()
endif()

# Clang hides std::expected of libstdc++ 12 from itself: it reports older concepts than it has.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(kiosk_plain_flags INTERFACE -D__cpp_concepts=202002L -Wno-builtin-macro-redefined
                         -Wno-unused-result  # TRY as a statement drops a value; GCC sees what is dropped otherwise
                         -Wno-deprecated-declarations  # inside libstdc++'s own stable_sort
                         -Wno-c99-extensions)  # inside systemd's SD_BUS_ERROR_NULL
endif()
if(KIOSK_FUZZ)
  target_compile_options(kiosk_sanitizers INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(kiosk_plain_flags INTERFACE -fuse-ld=mold)
endif()

if(KIOSK_SANITIZE)
  target_compile_options(kiosk_sanitizers INTERFACE -fsanitize=${KIOSK_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kiosk_sanitizers INTERFACE -fsanitize=${KIOSK_SANITIZE})
  if(NOT KIOSK_SANITIZE STREQUAL "thread")
    target_compile_options(kiosk_sanitizers INTERFACE -fno-sanitize-recover=all)
  endif()
endif()
string(REPLACE "-g" "-g1" CMAKE_CXX_FLAGS_DEBUG "${CMAKE_CXX_FLAGS_DEBUG} -Og")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG -D_FORTIFY_SOURCE=2 -fstack-protector-strong")

# kiosk_library(NAME LINKS target... PACKAGES pkg-config-name...): every .cpp of this folder is one static library.
function(kiosk_library name)
  cmake_parse_arguments(arg "" "FOLDER" "LINKS;PACKAGES" ${ARGN})
  if(NOT arg_FOLDER)
    set(arg_FOLDER ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${arg_FOLDER}/*.cpp)
  if(NOT sources)
    add_library(${name} INTERFACE)  # headers only, so far
    target_link_libraries(${name} INTERFACE kiosk_flags ${arg_LINKS})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(${name} PUBLIC kiosk_flags ${arg_LINKS})
  foreach(package ${arg_PACKAGES})
    pkg_check_modules(${package} REQUIRED IMPORTED_TARGET GLOBAL ${package})
    target_link_libraries(${name} PUBLIC PkgConfig::${package})
  endforeach()
endfunction()
