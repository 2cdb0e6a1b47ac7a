using System.Text;

namespace Atoll.Experiments.Tests;

public sealed class BadFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "e.yaml:1:1: The file is empty: must be a mapping with name and arms.")]
    [InlineData("# only a comment\n", "e.yaml:1:1: The file is empty: must be a mapping with name and arms.")]
    [InlineData("just text", "e.yaml:1:1: The file must be a mapping with name and arms (was \"just text\").")]
    [InlineData("- a\n- b\n", "e.yaml:1:1: The file must be a mapping with name and arms (was a list).")]
    [InlineData("name: a\n\tseed: 1\n", "e.yaml:2:1: The indentation must be spaces (was a tab).")]
    [InlineData("a: &x 1\n", "e.yaml:1:4: a must not use anchors or aliases: what arms share is given once at the top level.")]
    [InlineData("a: *x\n", "e.yaml:1:4: a must not use anchors or aliases: what arms share is given once at the top level.")]
    [InlineData("a: !!int 1\n", "e.yaml:1:4: a must not have a tag (was tag:yaml.org,2002:int).")]
    [InlineData("? [a]\n: 1\n", "e.yaml:1:3: the file has a name that is a list: must be text.")]
    [InlineData("a: \"x\\0y\"\n", "e.yaml:1:4: a must be one line of text without control characters.")]
    public void A_text_that_is_no_experiment_is_refused(string text, string message) => Examples.Problems(text).ShouldBe([message]);

    [Fact]
    public void Half_a_character_is_refused() =>
        Examples.Problems("a: x\uD800y\n").ShouldBe(["e.yaml:1:4: a must be one line of text without control characters."]);

    [Fact]
    public void A_second_document_is_refused() =>
        Examples.Problems("name: a\n---\nname: b\n").ShouldBe(["e.yaml:2:1: The file holds more than one YAML document: must be one."]);

    [Fact]
    public void Broken_YAML_is_refused_where_it_breaks() => Examples.Problems("name: a\ndata: [1, 2\n").ShouldHaveSingleItem().ShouldStartWith("e.yaml:3:1: The file is not valid YAML: ");

    [Fact]
    public void A_small_file_cannot_expand_into_a_large_one()
    {
        string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(0, 20).Select(i =>
            $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(", ", Enumerable.Repeat("*" + (char)('a' + i), 9))}]\n"));

        Examples.Problems(bomb).ShouldAllBe(p => p.Contains("anchors or aliases"));
    }

    [Fact]
    public void A_deep_file_cannot_end_the_stack() =>
        Examples.Problems("a: " + new string('[', 100_000)).ShouldBe(["e.yaml:1:28: The file is not valid YAML: nested more than 24 deep."]);

    [Fact]
    public void A_merge_key_is_a_field_like_any_other() =>
        Examples.Problems(Examples.Small("<<: { seed: 1 }")).ShouldHaveSingleItem().ShouldStartWith("e.yaml:6:1: << is not a field here");

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(_folder, "none.yaml");

        Refused(path).ShouldBe($"{path}: there is no such file. An experiment is a YAML file, or a folder that holds experiment.yaml.");
    }

    [Fact]
    public void A_folder_without_an_experiment_is_named() =>
        Refused(_folder).ShouldStartWith(Path.Combine(_folder, "experiment.yaml") + ": there is no such file.");

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        string path = Path.Combine(_folder, "huge.yaml");
        File.WriteAllBytes(path, new byte[(1 << 20) + 1]);

        Refused(path).ShouldBe($"{path}: an experiment file must be at most 1048576 bytes (was larger).");
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused_where_they_are()
    {
        string path = Path.Combine(_folder, "latin.yaml");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("name: a\ndata: { label: âge }\n"));

        Refused(path).ShouldBe($"{path}:2:16: The file must be UTF-8 text (was byte 0xE2 here).");
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    public void Byte_order_marks_and_carriage_returns_do_not_matter(string start, string newline)
    {
        string path = Path.Combine(_folder, "experiment.yaml");
        File.WriteAllText(path, start + Examples.Hospitals.Replace("\n", newline));

        Experiment experiment = ExperimentFile.Read(_folder);

        experiment.Folder.ShouldBe(_folder);
        experiment.Arms["fedavg"].Data.Csv![0].ShouldBe(Path.Combine(_folder, "cleveland.csv"));
    }

    private static string Refused(string path) => Should.Throw<ExperimentFileException>(() => ExperimentFile.Read(path)).Message;
}
