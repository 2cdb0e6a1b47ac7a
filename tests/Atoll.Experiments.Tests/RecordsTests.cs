using System.Reflection;
using System.Text.Json.Serialization;
using Atoll.Experiments.Binding;

namespace Atoll.Experiments.Tests;

/// <summary>What the reader takes for granted of the records, wherever they are.</summary>
public sealed class RecordsTests
{
    [Fact]
    public void Every_record_can_be_made_without_arguments()
    {
        Records.All.Count.ShouldBeGreaterThan(25);
        foreach (RecordType record in Records.All)
        {
            Should.NotThrow(record.Create, record.Type.Name);
        }
    }

    [Fact]
    public void Every_field_has_a_type_that_a_file_can_write() =>
        Records.All.SelectMany(r => r.Fields, (r, f) => (r, f))
            .Where(p => Leaf(p.f.Type) is var t && !FieldType.IsScalar(t) && Kinds.Of(t) is null && !t.Name.Contains("Settings", StringComparison.Ordinal)
                && RecordType.Of(t).Fields.Count == 0)
            .Select(p => $"{p.r.Type.Name}.{p.f.Property.Name}").ShouldBeEmpty();

    [Fact]
    public void Every_implementation_of_a_choice_is_one_of_its_kinds()
    {
        foreach (Type choice in Records.All.SelectMany(r => r.Fields).Select(f => f.Type).Append(typeof(Arm)).Distinct().Where(t => Kinds.Of(t) is not null))
        {
            Type[] implemented = [.. choice.Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(choice))];

            Kinds.Of(choice)!.All.Values.Select(k => k.Type).ShouldBe(implemented, ignoreOrder: true);
            choice.GetCustomAttribute<JsonPolymorphicAttribute>()!.TypeDiscriminatorPropertyName.ShouldBe(Kinds.Discriminator);
            implemented.ShouldAllBe(t => t.IsSealed && RecordType.Of(t).Find(Kinds.Discriminator) == null);
        }
    }

    [Theory]
    [InlineData(Metric.MeanAbsoluteError, "mean-absolute-error")]
    [InlineData(Metric.RootMeanSquaredError, "root-mean-squared-error")]
    [InlineData(Metric.F1, "f1")]
    [InlineData(Metric.R2, "r2")]
    public void A_metric_is_named_as_in_the_file(Metric metric, string name) => Names.Of(metric).ShouldBe(name);

    [Theory]
    [InlineData("kitten", "sitting", 3)] // Levenshtein's textbook pair
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("ca", "abc", 3)] // optimal string alignment; the unrestricted distance is 2
    public void The_distance_of_two_names_counts_edits_and_swaps(string a, string b, int edits) => NearestName.Distance(a, b).ShouldBe(edits);

    private static Type Leaf(Type type) => FieldType.ItemOf(type) is { } item ? Leaf(item) : type;
}
