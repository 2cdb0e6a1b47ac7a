using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Experiments.Tests;

/// <summary>No text makes the reader fail in any way but its own.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Fragments =
        ["{", "}", "[", "]", ":", ": ", ",", "-", "- ", "\n", "\n  ", "\t", "\"", "'", "#", " #", "&a ", "*a", "!!str ", "!x", "|", ">", "|+\n", "%YAML 1.2\n", "---\n", "...\n",
         "?", "? ", "<<: ", "null", "~", "true", ".nan", "-.inf", "1e999", "-1", "0", "0x", "99999999999999999999999", "none", "kind: ", "kind: sgd", "kind: local",
         "arms:\n", "data: ", "training: ", "site: x", "csv: [a]", "\u0000", "\u2028", "\uFEFF", "\uD83D", "é", "\r", "\\", "\\x", "@", "`", "min: 9", "epochs: 2147483648"];

    [Fact]
    public void A_file_spoiled_at_random_is_read_or_refused_with_a_place() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            string text = Spoiled(new Random(seed));
            int lines = text.Count(c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085');
            try
            {
                Examples.Parse(text);
            }
            catch (ExperimentFileException e)
            {
                e.Problems.ShouldNotBeEmpty();
                e.Problems.Where(p => p.Line < 1 || p.Column < 1 || p.Line > lines + 2).ShouldBeEmpty(text);
                e.Message.ShouldNotContain("System.");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Bytes_at_random_are_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            Should.Throw<ExperimentFileException>(() => Examples.Parse(Reading.FileText.Decode(bytes, "e.yaml")));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static string Spoiled(Random random)
    {
        string text = random.Next(2) == 0 ? Examples.Hospitals : ExperimentTemplate.Create("fuzz");
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(12), text.Length - at), from = random.Next(text.Length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                2 => text.Insert(at, text.Substring(from, Math.Min(random.Next(40), text.Length - from))),
                _ => text.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]),
            };
        }
        return text;
    }
}
