#ifndef SAMESTORY_CLI_FLAG_VALUES_H_
#define SAMESTORY_CLI_FLAG_VALUES_H_

#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace samestory::cli {

// Options whose values have a unit, a bound or a set of names. A value that is none of them is
// refused with the option's name, the value and what it may be.

/// "72h", "30m", "7d", "2w", "90s" or a number of seconds.
CLI::Option* AddDuration(CLI::App& app, const std::string& name, std::int64_t& seconds,
                         const std::string& text);

/// The same from 0 to `most` seconds, with fractions and milliseconds: "0.5", "1.5s", "200ms".
CLI::Option* AddDelay(CLI::App& app, const std::string& name, double& seconds, double most,
                      const std::string& text);

/// Bytes: "4096", "64KiB", "16MiB", "4GiB", also "64k" and "64kb" for the same; least to most.
CLI::Option* AddSize(CLI::App& app, const std::string& name, std::size_t& bytes, std::size_t least,
                     std::size_t most, const std::string& text);

/// A number from 0 to 2^64 - 1, decimal or, behind 0x, hexadecimal.
CLI::Option* AddNumber(CLI::App& app, const std::string& name, std::uint64_t& value,
                       const std::string& text);

/// One of `choices`, which must outlive the program's parsing. The default shown is the name of
/// what `value` is. (CLI11's own transformer lists the numbers of the enumerators too.)
template <typename T>
CLI::Option* AddChoice(CLI::App& app, const std::string& name, T& value,
                       const std::map<std::string, T>& choices, const std::string& text) {
  std::string names, chosen;
  for (const auto& [key, choice] : choices) {
    names += (names.empty() ? "" : "|") + key;
    if (choice == value) chosen = key;
  }
  return app
      .add_option_function<std::string>(
          name,
          [&value, &choices, name, names](const std::string& key) {
            const auto found = choices.find(key);
            if (found == choices.end()) {
              throw CLI::ValidationError(name, "'" + key + "' is not one of " + names);
            }
            value = found->second;
          },
          text)
      ->type_name(names)
      ->default_str(chosen);
}

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_FLAG_VALUES_H_
