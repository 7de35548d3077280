# SPDX-License-Identifier: MIT
# recount_instrument(<target>): compiles the C sources of a target through `recount cc`, which rewrites what is annotated,
# and links it through the same, which adds the runtime. Works with the Ninja and Makefile generators.
#
# A static or object library hands the runtime on to what links it. RECOUNT_PROGRAM names the tool when it is neither
# built in this project nor installed beside this file nor in the PATH.
include_guard(GLOBAL)

function(recount_instrument target)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "recount_instrument: there is no target ${target}")
  endif()
  if(TARGET recount)
    set(program $<TARGET_FILE:recount>)
    add_dependencies(${target} recount)
    if(TARGET recount_static)
      add_dependencies(${target} recount_static)
    endif()
  else()
    find_program(RECOUNT_PROGRAM recount
      HINTS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../../bin ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../../../bin
      DOC "The recount tool" REQUIRED)
    set(program ${RECOUNT_PROGRAM})
  endif()
  get_target_property(launcher ${target} C_COMPILER_LAUNCHER)
  if(launcher)
    string(PREPEND launcher ";")
  else()
    set(launcher)
  endif()
  set_target_properties(${target} PROPERTIES C_COMPILER_LAUNCHER "${program};cc${launcher}")

  get_target_property(type ${target} TYPE)
  if(type MATCHES "STATIC_LIBRARY|OBJECT_LIBRARY")
    foreach(runtime recount_static recount::static recount::recount)
      if(TARGET ${runtime})
        set_property(TARGET ${target} APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${runtime})
        break()
      endif()
    endforeach()
  else()
    set_target_properties(${target} PROPERTIES C_LINKER_LAUNCHER "${program};cc")
  endif()
endfunction()
