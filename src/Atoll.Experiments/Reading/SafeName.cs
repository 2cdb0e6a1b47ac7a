using System.Text.RegularExpressions;

namespace Atoll.Experiments.Reading;

/// <summary>Names that become files and folders, on any platform.</summary>
internal static partial class SafeName
{
    public const string ArmRule = "must be at most 64 of a-z, 0-9, - and _, begin with a letter or digit, and be no name that Windows reserves";

    public const string ExperimentRule = "must be at most 64 letters, digits, - and _, begin with a letter or digit, and be no name that Windows reserves";

    /// <summary>Lower case only, so that no two arms' files fall together where case does not count.</summary>
    public static bool IsArm(string name) => IsExperiment(name) && !name.Any(char.IsAsciiLetterUpper);

    public static bool IsExperiment(string name) => Safe().IsMatch(name) && !Reserved().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
