namespace Atoll.Experiments;

/// <summary>One thing that is wrong with an experiment file: what it is, what it must be, what it was.</summary>
public sealed record Problem
{
    /// <summary>The file as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>From 1; 0 where the file as a whole is meant (it is not there).</summary>
    public required int Line { get; init; }

    /// <summary>From 1; 0 where the file as a whole is meant.</summary>
    public required int Column { get; init; }

    /// <summary>The field as written in the file: <c>arms.fedprox.local-objective.mu</c>. Empty where no field is meant.</summary>
    public required string Field { get; init; }

    /// <summary>One or two sentences that begin with the field.</summary>
    public required string Message { get; init; }

    /// <summary>As compilers write it, so that editors can jump there: <c>file:line:column: message</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
