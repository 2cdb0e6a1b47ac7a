using System.Globalization;
using System.Text.RegularExpressions;
using Atoll.Dashboard.Pages;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>
/// The arms' colours are told apart by every reader: distances in OKLab (Ottosson 2020) after simulating full protanopia, deuteranopia and
/// tritanopia with the matrices of Machado, Oliveira and Fernandes (2009, severity 1.0).
/// </summary>
public sealed partial class PaletteTests
{
    private static readonly Dictionary<string, double[]> Sights = new()
    {
        ["full"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    /// <summary>0.02 in OKLab is about where a difference begins to be seen side by side.</summary>
    [Theory]
    [InlineData("light", 7, 0.09)]
    [InlineData("light", 12, 0.05)]
    [InlineData("dark", 7, 0.09)]
    [InlineData("dark", 12, 0.05)]
    public void Any_two_arms_differ_to_every_sight(string theme, int arms, double least)
    {
        var colours = Arms(theme)[..arms];
        foreach (var (sight, matrix) in Sights)
        {
            var seen = colours.Select(colour => OkLab(Times(matrix, colour))).ToArray();
            for (var a = 0; a < arms; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    Distance(seen[a], seen[b]).ShouldBeGreaterThan(least, $"arms {a} and {b}, {theme}, {sight}");
                }
            }
        }
    }

    /// <summary>WCAG 2.2, 1.4.11: 3 to 1 for what must be seen to understand a graphic.</summary>
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Every_arm_stands_out_from_the_paper(string theme)
    {
        var paper = Luminance(Linear(Paper().Match(Block(theme)).Groups[1].Value));
        foreach (var arm in Arms(theme).Select(Luminance))
        {
            ((Math.Max(arm, paper) + 0.05) / (Math.Min(arm, paper) + 0.05)).ShouldBeGreaterThan(3);
        }
    }

    private static string Block(string theme) => Viewer.Style.Split("@media screen and (prefers-color-scheme: dark)")[theme == "light" ? 0 : 1];

    private static double[][] Arms(string theme)
    {
        double[][] arms = [.. Arm().Matches(Block(theme)).Select(match => Linear(match.Groups[1].Value))];
        arms.Length.ShouldBe(12);
        return arms;
    }

    private static double[] Linear(string hex) =>
    [
        .. new[] { 0, 2, 4 }.Select(at => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
    ];

    private static double[] Times(double[] m, double[] c) =>
        [.. new[] { 0, 3, 6 }.Select(row => Math.Max(0, (m[row] * c[0]) + (m[row + 1] * c[1]) + (m[row + 2] * c[2])))];

    private static double[] OkLab(double[] c)
    {
        var l = Math.Cbrt((0.4122214708 * c[0]) + (0.5363325363 * c[1]) + (0.0514459929 * c[2]));
        var m = Math.Cbrt((0.2119034982 * c[0]) + (0.6806995451 * c[1]) + (0.1073969566 * c[2]));
        var s = Math.Cbrt((0.0883024619 * c[0]) + (0.2817188376 * c[1]) + (0.6299787005 * c[2]));
        return
        [
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s),
        ];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double Luminance(double[] c) => (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);

    [GeneratedRegex("--arm-\\d+: #([0-9a-f]{6})")]
    private static partial Regex Arm();

    [GeneratedRegex("--paper: #([0-9a-f]{6})")]
    private static partial Regex Paper();
}
