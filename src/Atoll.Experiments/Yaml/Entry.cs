namespace Atoll.Experiments.Yaml;

/// <summary>One field of a mapping.</summary>
/// <param name="Key">Where its name stands.</param>
internal sealed record Entry(string Name, Place Key, Node Value);
