# cmake --install: the program, the shared library with its headers, a CMake package
# (find_package(samestory)) and a pkg-config file.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/samestory)

install(TARGETS samestory_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS samestory EXPORT samestory-targets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY core/include/samestory DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")

install(EXPORT samestory-targets NAMESPACE samestory:: DESTINATION ${package_dir})
configure_package_config_file(cmake/samestory-config.cmake.in samestory-config.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(samestory-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/samestory-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/samestory-config-version.cmake
        DESTINATION ${package_dir})

# The .pc file finds its prefix from where it lies, so that an installed tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY
           ${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig OUTPUT_VARIABLE prefix_from_pc)
configure_file(cmake/samestory.pc.in samestory.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/samestory.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
