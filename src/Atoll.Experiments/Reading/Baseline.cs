using System.Globalization;
using Atoll.Experiments.Binding;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Reading;

/// <summary>The centralized arm that is added to a file without one.</summary>
internal static class Baseline
{
    public const string Name = "centralized";

    public static string Kind => ExperimentReader.ArmKinds.All.Single(k => k.Value.Type == typeof(CentralizedArm)).Key;

    public static bool IsOne(Entry arm) => Text(arm.Value as MappingNode, Kinds.Discriminator) == Kind;

    /// <summary>
    /// It inherits the top level and trains for the top level's <c>epochs</c>; where there are none, for as many passes over the data
    /// as the arm that makes most: its own <c>epochs</c>, or its rounds times its (largest) local epochs. Where local steps are
    /// given instead, a round counts as one pass. A baseline that saw less than what is held against it would flatter the rest.
    /// </summary>
    public static Entry For(MappingNode root, IReadOnlyList<Entry> arms)
    {
        Place place = root.Find("arms")!.Value.Place.Field(Name);
        List<Entry> own = [Given(place, Kinds.Discriminator, Kind)];
        if (root.Find("epochs") is null)
        {
            own.Add(Given(place, "epochs", arms.Max(a => Passes(root, (MappingNode)a.Value)).ToString(CultureInfo.InvariantCulture)));
        }
        return new(Name, place, new MappingNode(place, own));
    }

    private static long Passes(MappingNode root, MappingNode arm)
    {
        MappingNode whole = Inheritance.Merge(root, arm);
        long rounds = Number(whole, "rounds") ?? Default<FederatedArm>("rounds");
        long epochs = Number(whole, "epochs") ?? Default<LocalArm>("epochs");
        MappingNode? training = whole.Given("training") as MappingNode;
        long local = Number(training, "local-epochs") ?? Number(training?.Given("local-epochs") as MappingNode, "max") ?? 1;
        long passes = Text(arm, Kinds.Discriminator) == "federated" ? rounds * local : epochs;
        return Math.Clamp(passes, 1, int.MaxValue);
    }

    private static long Default<T>(string field)
    {
        RecordType type = RecordType.Of(typeof(T));
        return (int)type.Find(field)!.Get(type.Create())!;
    }

    /// <summary>Null where it is no whole number: that is the binder's to say.</summary>
    private static long? Number(MappingNode? mapping, string field) =>
        Text(mapping, field) is { } text && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : null;

    private static string? Text(MappingNode? mapping, string field) => (mapping?.Given(field) as ScalarNode)?.Text;

    private static Entry Given(Place place, string name, string value) =>
        new(name, place.Field(name), new ScalarNode(place.Field(name), value, isPlain: true));
}
