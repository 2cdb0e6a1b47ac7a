using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atoll;

/// <summary>Premises, checked aloud: what, what it must be, what it was. Compiled into every project.</summary>

internal static class Require
{
    public static T AtLeast<T>(T minimum, T value, [CallerMemberName] string name = "") where T : INumber<T> =>
        value >= minimum && T.IsFinite(value) ? value : throw Out(name, value, $"must be at least {minimum}");

    public static T InRange<T>(T value, T minimum, T below, [CallerMemberName] string name = "") where T : INumber<T> =>
        value >= minimum && value < below ? value : throw Out(name, value, $"must be at least {minimum} and below {below}");

    public static T MoreThan<T>(T bound, T value, [CallerMemberName] string name = "") where T : INumber<T> =>
        value > bound && T.IsFinite(value) ? value : throw Out(name, value, $"must be more than {bound}");

    public static T Within<T>(T minimum, T maximum, T value, [CallerMemberName] string name = "") where T : INumber<T> =>
        value >= minimum && value <= maximum ? value : throw Out(name, value, $"must be from {minimum} to {maximum}");

    /// <summary>A part of a whole: some of it, up to all.</summary>
    public static T Share<T>(T value, [CallerMemberName] string name = "") where T : INumber<T> =>
        value > T.Zero && value <= T.One ? value : throw Out(name, value, $"must be more than {T.Zero} and at most {T.One}");

    public static void That([DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Message message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message.ToString());
        }
    }

    private static ArgumentOutOfRangeException Out<T>(string name, T value, string rule) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} {rule} (was {value})."));

    /// <summary>Builds the text only when the condition is false.</summary>
    [InterpolatedStringHandler]
    public ref struct Message(int literalLength, int formattedCount, bool condition, out bool build)
    {
        private DefaultInterpolatedStringHandler _text = (build = !condition) ? new(literalLength, formattedCount) : default;
        public void AppendLiteral(string s) => _text.AppendLiteral(s);
        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);
        public override string ToString() => _text.ToStringAndClear();
    }
}
