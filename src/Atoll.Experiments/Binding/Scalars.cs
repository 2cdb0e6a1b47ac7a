using System.Globalization;
using System.Numerics;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Binding;

/// <summary>One written value to one of the code's, exactly or not at all.</summary>
internal static class Scalars
{
    /// <returns>The value, or null with <paramref name="problem"/> saying what it must be and was.</returns>
    public static object? Parse(ScalarNode node, Type type, out string problem)
    {
        problem = $"must be {FieldType.Describe(type)} (was {node.Shown})";
        if (QuantityField.Is(type))
        {
            return Amount(node, type, ref problem);
        }
        if (type == typeof(WrittenAmount))
        {
            return node.Text.Length > 0 && !node.IsNull ? new WrittenAmount(node.Text) : null;
        }
        if (type == typeof(string))
        {
            return Text(node, ref problem);
        }
        if (type.IsEnum)
        {
            return Choice(node, type, ref problem);
        }
        if (!node.IsPlain)
        {
            problem += FieldType.IsNumber(type) && CoreSchema.IsNumber(node.Text) ? ". Leave out the quotes" : "";
            return null;
        }
        if (type == typeof(float))
        {
            return Real<float>(node.Text, "single", ref problem);
        }
        return type == typeof(double) ? Real<double>(node.Text, "double", ref problem)
            : type == typeof(bool) ? CoreSchema.Boolean(node.Text)
            : Whole(node.Text, type, ref problem);
    }

    private static object? Amount(ScalarNode node, Type type, ref string problem)
    {
        if (node.IsPlain && CoreSchema.IsInfinityOrNaN(node.Text))
        {
            problem = $"must be a finite number (was {node.Text})";
            return null;
        }
        return QuantityField.Of(type).Parse(node.Text, out problem);
    }

    private static string? Text(ScalarNode node, ref string problem)
    {
        if (node.IsPlain && !CoreSchema.IsText(node.Text))
        {
            problem += node.IsEmpty ? "" : ". Put it in quotes";
            return null;
        }
        problem = "must not be empty";
        return node.Text.Length == 0 ? null : node.Text;
    }

    private static object? Choice(ScalarNode node, Type type, ref string problem)
    {
        IReadOnlyDictionary<string, object> values = Names.OfValues(type);
        problem += Nearest.Hint(node.Text, values.Keys);
        return values.GetValueOrDefault(node.Text);
    }

    private static object? Whole(string text, Type type, ref string problem)
    {
        if (!CoreSchema.IsInteger(text))
        {
            return null;
        }
        BigInteger value = text.StartsWith("0x", StringComparison.Ordinal) ? Digits(text.AsSpan(2), 16)
            : text.StartsWith("0o", StringComparison.Ordinal) ? Digits(text.AsSpan(2), 8)
            : text.Length <= 40 ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : BigInteger.One << 128; // beyond every range, without the work of finding out by how much
        (BigInteger least, BigInteger most) = Range(type);
        if (value >= least && value <= most)
        {
            return Convert.ChangeType(type == typeof(ulong) ? (ulong)value : (object)(long)value, type, CultureInfo.InvariantCulture);
        }
        problem = $"must be a whole number from {least} to {most} (was {Short(text)})";
        return null;
    }

    private static BigInteger Digits(ReadOnlySpan<char> digits, int radix)
    {
        BigInteger value = 0;
        foreach (char digit in digits[..Math.Min(digits.Length, 40)])
        {
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);
        }
        return digits.Length > 40 ? BigInteger.One << 128 : value;
    }

    private static (BigInteger Least, BigInteger Most) Range(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.Int64 => (long.MinValue, long.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        _ => (ulong.MinValue, ulong.MaxValue),
    };

    /// <remarks>Each precision parses the text itself: single by way of double would be rounded twice.</remarks>
    private static T? Real<T>(string text, string precision, ref string problem) where T : struct, IFloatingPointIeee754<T>
    {
        if (CoreSchema.IsInfinityOrNaN(text))
        {
            problem = $"must be a finite number (was {text})";
            return null;
        }
        if (!CoreSchema.IsNumber(text) || !T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value))
        {
            return null;
        }
        if (!T.IsFinite(value))
        {
            problem = $"must be a number that {precision} precision can hold (was {Short(text)})";
            return null;
        }
        if (value == T.Zero && text.TakeWhile(c => c is not 'e' and not 'E').Any(c => c is >= '1' and <= '9'))
        {
            problem = $"must be 0 or a number that {precision} precision can tell from 0 (was {Short(text)})";
            return null;
        }
        return value;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
