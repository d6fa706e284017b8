# What surrounds the library: layers, installing, samples, commands, README.
add_subdirectory(avalanche)
add_subdirectory(layers)
add_subdirectory(install)
add_subdirectory(golden)
add_subdirectory(cli)
add_subdirectory(crash)
add_subdirectory(${PROJECT_SOURCE_DIR}/samples ${PROJECT_BINARY_DIR}/samples)

add_test(NAME readme.self_test
         COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/readme/self_test.sh
                 ${CMAKE_CURRENT_BINARY_DIR}/readme)
if(EXISTS ${PROJECT_SOURCE_DIR}/README.md)
  add_test(NAME readme.examples
           COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/readme/examples_test.sh
                   ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
endif()
